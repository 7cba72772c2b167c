"""All tests; they run the sources, also where the reader is compiled, unless MARSAD_PURE is set to nothing."""

import os

os.environ.setdefault("MARSAD_PURE", "1")
