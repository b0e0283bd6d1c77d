"""Run as a script: become the given command, dying with the parent and as another account if asked.

`python -I -S become.py PARENT_PID DEATH_SIGNAL UID GID COMMAND…` (`-` for an unchanged UID and GID).

This is an exec of its own instead of `preexec_fn`, which may deadlock in a process with threads, and instead of
`subprocess(user=…)`, because the kernel forgets the death signal when the uid changes: it has to be set afterwards.
The process id stays the same through the exec.
"""

import ctypes  # before the change of account, to which Python's own files may be closed
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, death_signal, uid, gid, *command = sys.argv[1:]
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != int(parent):  # it died before the call above
            os._exit(1)
    # Python ignores these, and an ignored signal stays ignored through an exec.
    for name in ("SIGPIPE", "SIGXFSZ"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606 - an exec without a shell is the point


if __name__ == "__main__":
    main()
