// Owns when a picture is made: soon after a key, and otherwise a bounded number of times a second.

/** Pictures of output that goes on: about seventeen a second. */
const steadyMs = 60;

/** After a key the picture comes at once, but not more often than this. */
const promptMs = 15;

/** Calls for pictures, never more often than a person can see. */
export class FrameClock {
  readonly #draw: () => void;
  #timer: NodeJS.Timeout | undefined;
  #dueMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** Something has changed that a person may see a moment later. */
  soon(): void {
    this.#schedule(this.#lastMs + steadyMs);
  }

  /** A person has pressed a key and waits for what it does. */
  now(): void {
    this.#schedule(this.#lastMs + promptMs);
  }

  /** A picture that is due in `ms` whatever else happens. */
  in(ms: number): void {
    setTimeout(() => this.now(), ms).unref();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  start(): void {
    this.#stopped = false;
    this.#timer = undefined;
    this.now();
  }

  #schedule(atMs: number): void {
    if (this.#stopped || (this.#timer !== undefined && this.#dueMs <= atMs)) return;
    clearTimeout(this.#timer);
    this.#dueMs = atMs;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#stopped) return;
        this.#lastMs = performance.now();
        this.#draw();
      },
      Math.max(0, atMs - performance.now()),
    );
  }
}
