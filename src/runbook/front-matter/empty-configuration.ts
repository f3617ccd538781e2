// Owns the configuration where there is none; most folders have none, and need nothing of what reads one.
import type { Configuration } from './configuration.ts';

export const emptyConfiguration: Configuration = { sections: {}, interpreters: {}, channels: {} };
