"""Publishing: the incidents that may leave as a static site in Arabic and English, and as dated releases of it."""
