"""Where the data lies that some tests use if it is there, and the marks that skip them where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold" / "reports"
CORPUS = SHARED / "corpus"
SCORER = SHARED / "score.py"

needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold reports are not beside the checkout")
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the reference scorer is not beside the checkout")
needs_shared_samples = pytest.mark.skipif(
    not (SHARED / "samples").is_dir(), reason="the reference samples are not beside the checkout"
)
