"""Background work about people. The only place that loads pypinyin, which takes 55 MB."""

from houqin.kernel.jobs import job

from .models import User

# Surnames read otherwise than the character usually is.
SURNAMES = dict(zip("单曾仇解查区朴盖缪尉", "szqxzopgmy", strict=True))


@job
def write_initials(pks: list[int]) -> None:
    """Pinyin initials of these people's names, for sorting and search: 张三 → zs."""
    from pypinyin import Style, lazy_pinyin

    for user in User.objects.filter(pk__in=pks):
        letters = "".join(lazy_pinyin(user.name, style=Style.FIRST_LETTER, errors="default")).lower()
        first = SURNAMES.get(user.name[:1], letters[:1])
        initials = "".join(sign for sign in first + letters[1:] if sign.isalnum())[:40]
        User.objects.filter(pk=user.pk).update(initials=initials)
