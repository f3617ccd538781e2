// Owns where property tests start from: the same place each time, so that a change is judged by what it changes.
// RUNSHEET_FUZZ_SEED=random, or a number, looks elsewhere.
import fc from 'fast-check';

const asked = process.env.RUNSHEET_FUZZ_SEED ?? '20261121';
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });
