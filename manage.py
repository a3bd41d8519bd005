#!/usr/bin/env python
"""Runs the portal's commands; starts the embedded servers for those that need a database."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from cluster_portal.embedded import EmbeddedError
from cluster_portal.supervisor import unreachable

# These work without a database; `serve` starts the servers itself and says so.
WITHOUT_DATABASE = {"help", "check", "collectstatic", "compilemessages", "makemessages", "serve", "version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "help")
    try:
        if command in WITHOUT_DATABASE or {"--help", "-h"} & set(sys.argv):
            execute_from_command_line(sys.argv)
        else:
            with settings.EMBEDDED.held():
                execute_from_command_line(sys.argv)
    except (EmbeddedError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(unreachable(error))


if __name__ == "__main__":
    main()
