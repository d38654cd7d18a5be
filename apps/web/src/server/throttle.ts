export interface Throttle {
  /** Takes one of the key's attempts. `false`: there is none left, and nothing may be done. */
  take(key: string): boolean;
  /** Gives all attempts back. */
  clear(key: string): void;
}

export interface ThrottleOptions {
  /** Attempts in a window. */
  readonly limit: number;
  /** A window begins with the first attempt. */
  readonly windowMs: number;
  /** Keys that are remembered; beyond them, the key whose window began first is forgotten. Default 10,000. */
  readonly maxKeys?: number;
  /** Default `Date.now`. */
  readonly now?: () => number;
}

/** Counts attempts by key in windows of time, in the memory of this process. */
export function createThrottle(options: ThrottleOptions): Throttle {
  const { limit, windowMs, maxKeys = 10_000, now = Date.now } = options;
  // In order of `beganMs`, because an ended window is deleted before its key gets another one.
  const windows = new Map<string, { beganMs: number; attempts: number }>();

  function current(key: string) {
    const window = windows.get(key);
    if (window !== undefined && now() - window.beganMs < windowMs) return window;
    windows.delete(key);
    return undefined;
  }

  function begin(key: string) {
    const window = { beganMs: now(), attempts: 0 };
    windows.set(key, window);
    const [first] = windows.keys();
    if (windows.size > maxKeys && first !== undefined) windows.delete(first);
    return window;
  }

  return {
    take(key) {
      const window = current(key) ?? begin(key);
      if (window.attempts >= limit) return false;
      window.attempts += 1;
      return true;
    },
    clear: (key) => void windows.delete(key),
  };
}
