"""A language is a folder in `translations/` and texts in a meeting's file, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from tests.another_language import build
from tests.builders import RCM


def test_language_is_a_catalog_and_texts_and_no_code(tmp_path: Path) -> None:
    house, data = tmp_path / "house", tmp_path / "data"
    house.mkdir()
    data.mkdir()
    build(house, f"{RCM}.toml")

    walked = subprocess.run(  # our own program
        [sys.executable, "-m", "tests.another_language", str(data)],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert walked.returncode == 0, walked.stderr
