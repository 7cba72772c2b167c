"""Evaluation: claims against gold claims, slot by slot, with the errors named."""

from marsad.evaluation.score import Figure, Score, score

__all__ = ["Figure", "Score", "score"]
