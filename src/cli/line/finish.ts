// Owns how a command's end becomes the exit code of the process.
import { exitCode } from '../exit-code.ts';

/**
 * A command gives its exit code; the process then ends by itself once its output is written. One that ends before its
 * command has said how has not succeeded.
 */
export async function finish(code: Promise<number>): Promise<void> {
  process.exitCode = exitCode.failed;
  process.exitCode = await code;
}
