// Owns a file system that fails at its n-th operation, for tests of what must survive that.
import { type FileOperations, nodeFileOperations } from '../../../src/engine/files/file-operations.ts';

/** `short`: a write takes one byte only. `torn`: a write takes half, then fails. Else a system error of that code. */
export type Fault = 'short' | 'torn' | 'ENOSPC' | 'EIO' | 'EROFS' | 'EACCES';

export const faults: readonly Fault[] = ['short', 'torn', 'ENOSPC', 'EIO', 'EROFS', 'EACCES'];

export interface FaultyFiles extends FileOperations {
  /** Operations asked for so far. */
  readonly count: number;
}

/** The real file system whose operation number `failing`, from 1, goes wrong; and all later ones too if `forGood`. */
export function faultyFiles(failing: number, fault: Fault, forGood = false): FaultyFiles {
  let count = 0;
  const real = nodeFileOperations;

  const operate = <Arguments extends readonly unknown[], Value>(
    operation: (...given: Arguments) => Value,
    bytes?: (...given: Arguments) => { half: () => Value },
  ) => {
    return (...given: Arguments): Value => {
      count += 1;
      const fails = forGood ? count >= failing : count === failing;
      if (!fails) return operation(...given);
      if (fault === 'short') return bytes ? bytes(...given).half() : operation(...given);
      if (fault === 'torn') {
        bytes?.(...given).half();
        throw systemError('EIO');
      }
      throw systemError(fault);
    };
  };

  return {
    get count() {
      return count;
    },
    open: operate(real.open),
    read: operate(real.read),
    write: operate(real.write, (descriptor, bytes, position) => ({
      half: () =>
        real.write(descriptor, bytes.subarray(0, fault === 'short' ? 1 : bytes.length / 2), position),
    })),
    truncate: operate(real.truncate),
    sync: operate(real.sync),
    syncLater: operate(real.syncLater),
    syncAllLater: operate(real.syncAllLater),
    size: operate(real.size),
    setMode: operate(real.setMode),
    hasName: real.hasName,
    setOwner: operate(real.setOwner),
    stat: operate(real.stat),
    realPath: operate(real.realPath),
    // A descriptor is given back whatever close says, or a test would run out of them.
    close: real.close,
    rename: operate(real.rename),
    link: operate(real.link),
    remove: operate(real.remove),
    makeFolder: operate(real.makeFolder),
    list: operate(real.list),
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by the test`), { code, syscall: 'test' });
}
