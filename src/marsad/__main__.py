"""``python -m marsad``: the command line where no ``marsad`` stands on the path."""

from marsad.cli.main import run

run()
