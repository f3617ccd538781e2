// Owns how Python runs the file of a block as its main program.

/**
 * Python puts the folder of a script before all others that it imports from; a block imports from the working folder.
 * As text of `-c` this keeps it so, and what is run is still a file: processes that `multiprocessing` spawns find it,
 * and tracebacks show its lines. Our own frames are taken out of them.
 */
const program = `
import sys, __main__
sys.argv[:] = [path]
__main__.__file__ = path
try:
    with open(path, "rb") as file:
        code = file.read()
    exec(compile(code, path, "exec", 0, True), __main__.__dict__)
except (SystemExit, KeyboardInterrupt):
    raise
except BaseException:
    kind, error, trace = sys.exc_info()
    while trace is not None and trace.tb_frame.f_code.co_filename != path:
        trace = trace.tb_next
    error.__traceback__ = trace
    sys.excepthook(kind, error, trace)
    sys.exit(1)
`;

/** The text of `python -c`; its one argument is the path of the file. Leaves no name in the block's own namespace. */
export const runPythonFile = `exec(${JSON.stringify(program)}, {"path": __import__("sys").argv[1]})`;
