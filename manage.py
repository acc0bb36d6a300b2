"""Django's own commands for developers: ./manage.py makemigrations, shell, check …"""

import sys

from houqin.site.commands.manage import django_manage

if __name__ == "__main__":
    sys.exit(django_manage(sys.argv[1:]))
