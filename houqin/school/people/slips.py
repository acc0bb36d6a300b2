"""The page behind the verb "New password slip": what it made is shown once and kept nowhere."""

from typing import Any

from django.conf import settings

from houqin.kernel.registers.form_pages import VerbPage
from houqin.school.rules.models import SCHOOL_NAME, value


class SlipPage(VerbPage):
    """Asks like every verb; answers with the slip instead of going back to the record."""

    def done(self, record: Any) -> Any:
        self.override = "slip"
        return self.page(slip=record.slip, school=value(SCHOOL_NAME), address=settings.SITE_URL)
