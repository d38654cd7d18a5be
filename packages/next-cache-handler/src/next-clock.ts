/**
 * Next's own time: local ms since 1970 with a fraction, that never steps. It drifts away from the wall clock when that
 * is adjusted or the machine sleeps, so what Next compares with it must be converted.
 */
export const nextNowMs = () => performance.timeOrigin + performance.now();

const aheadMs = () => nextNowMs() - Date.now();

export const toNextMs = (wallMs: number) => wallMs + aheadMs();

export const fromNextMs = (nextMs: number) => nextMs - aheadMs();
