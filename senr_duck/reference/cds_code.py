"""The codes of schools and LEAs: seven digits of a county-district-school (CDS) code."""

import re

CDS_CODE = "[0-9]{7}"  # no other digits than ASCII's


def is_cds_code(text: str) -> bool:
    """Return whether a text is the code of a school or an LEA by its form: seven digits."""
    return re.fullmatch(CDS_CODE, text) is not None
