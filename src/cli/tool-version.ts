// Owns the tool's own version as its package states it.
import { version } from '../../package.json';

/** Semantic version of this tool, such as `0.1.0`. */
export const toolVersion: string = version;
