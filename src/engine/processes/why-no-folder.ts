// Owns the words for a folder in which nothing can be run.
import { accessSync, constants, statSync } from 'node:fs';
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';

/** Why nothing can be run in a folder; undefined where it is one that can be entered. */
export function whyNoFolder(path: string): string | undefined {
  const named = `the working directory \`${path}\``;
  try {
    if (!statSync(path).isDirectory()) return `${named} is a file`;
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    switch (isCodedError(error) ? error.code : undefined) {
      case 'ENOENT':
        return `${named} does not exist`;
      case 'ENOTDIR':
        return `${named} leads through a file`;
      case 'ELOOP':
        return `${named} leads through links in a circle`;
      case 'EACCES':
        return `${named} cannot be entered: permission denied`;
      case 'ERR_INVALID_ARG_VALUE':
        return `the working directory has a NUL byte in its name`;
      default:
        return `${named} cannot be entered: ${errorMessage(error)}`;
    }
  }
}
