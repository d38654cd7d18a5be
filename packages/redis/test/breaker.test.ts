import { describe, expect, it } from 'vitest';
import { type BreakerOptions, type CallOutcome, createBreaker } from '../src/breaker.ts';

function breakerAt(options: BreakerOptions = {}) {
  const clock = { ms: 0 };
  const breaker = createBreaker({ now: () => clock.ms, ...options });
  const call = (outcome: CallOutcome, force = false) => {
    const settle = breaker.admit(force);
    settle?.(outcome);
    return settle !== null;
  };
  return { breaker, clock, call };
}

describe('breaker', () => {
  it('opens after one deadline of silence', () => {
    const { breaker, call } = breakerAt();
    call('ok');
    call('silent');
    expect(breaker.state).toBe('open');
    expect(call('ok')).toBe(false);
  });

  it('counts slow and failed calls, and forgives a few of them', () => {
    const { breaker, call } = breakerAt();
    for (const outcome of ['slow', 'failed', 'slow', 'failed', 'ok'] as const) call(outcome);
    expect(breaker.state).toBe('closed');
    call('slow');
    expect(breaker.state).toBe('open');
  });

  it('forgets what is older than its window', () => {
    const { breaker, call } = breakerAt();
    for (let i = 0; i < 100; i++) call(i % 3 === 0 ? 'slow' : 'ok');
    expect(breaker.state).toBe('closed');
  });

  it('lets one probe through when its time is over, and closes when that succeeds', () => {
    const { breaker, clock, call } = breakerAt();
    call('silent');
    clock.ms = 249;
    expect(breaker.admit()).toBeNull();
    clock.ms = 250;
    const settle = breaker.admit();
    expect(breaker.state).toBe('half-open');
    expect(breaker.admit()).toBeNull();
    settle?.('ok');
    expect(breaker.state).toBe('closed');
  });

  it('stays open twice as long after each probe that fails, but no longer than two seconds', () => {
    const { clock, call } = breakerAt();
    call('silent');
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      const since = clock.ms;
      while (!call('failed')) clock.ms += 50;
      waits.push(clock.ms - since);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 2000, 2000]);
  });

  it('begins with a short opening again once it was closed', () => {
    const { clock, call } = breakerAt();
    call('silent');
    for (const outcome of ['failed', 'failed', 'ok', 'silent'] as const) {
      while (!call(outcome)) clock.ms += 50;
    }
    clock.ms += 250;
    expect(call('ok')).toBe(true);
  });

  it('takes a slow probe for a failed one', () => {
    const { breaker, clock, call } = breakerAt();
    call('silent');
    clock.ms = 250;
    call('slow');
    expect(breaker.state).toBe('open');
  });

  it('lets forced calls through, closes at their success and is not held open by their failure', () => {
    const { breaker, clock, call } = breakerAt();
    call('silent');
    expect(call('failed', true)).toBe(true);
    clock.ms = 250;
    expect(breaker.admit()).not.toBeNull();
    expect(call('ok', true)).toBe(true);
    expect(breaker.state).toBe('closed');
  });

  it('learns nothing from calls that began before its last change', () => {
    const { breaker, call } = breakerAt();
    const early = breaker.admit();
    call('silent');
    early?.('ok');
    expect(breaker.state).toBe('open');
  });

  it('probes at once after the server was reached', () => {
    const { breaker, call } = breakerAt();
    call('silent');
    breaker.probeSoon();
    expect(call('ok')).toBe(true);
    expect(breaker.state).toBe('closed');
  });

  it('tells its changes', () => {
    const changes: string[] = [];
    const { clock, call } = breakerAt({ onChange: (state) => changes.push(state) });
    call('silent');
    clock.ms = 250;
    call('ok');
    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });
});
