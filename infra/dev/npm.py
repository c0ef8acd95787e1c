"""Runs npm with the Node that set-up chose: python -m infra.dev.npm run format."""

import subprocess
import sys

from infra.dev.set_up import ROOT, node_environment

if __name__ == "__main__":
    sys.exit(subprocess.run(["npm", *sys.argv[1:]], cwd=ROOT, env=node_environment(), check=False).returncode)
