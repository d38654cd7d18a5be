/** How a language writes the figures of this page. */
export function createFigures(locale: string) {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const calendar = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const unit = (name: string, value: number) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
      maximumSignificantDigits: 3,
    }).format(value);

  function bytes(count: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    const power = count < 1_000 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), 3);
    return unit(units[power] ?? 'byte', count / 1_000 ** power);
  }

  function duration(ms: number): string {
    if (ms < 1_000) return unit('millisecond', ms);
    const seconds = ms / 1_000;
    if (seconds < 120) return unit('second', Math.round(seconds));
    if (seconds < 7_200) return unit('minute', Math.round(seconds / 60));
    if (seconds < 172_800) return unit('hour', Math.round(seconds / 3_600));
    return unit('day', Math.round(seconds / 86_400));
  }

  return {
    whole: (value: number) => whole.format(value),
    fine: (value: number) => fine.format(value),
    /** From 0…1; a dash for null. */
    share: (value: number | null) => (value === null ? '–' : share.format(value)),
    bytes,
    duration,
    time: (at: string | number) => clock.format(new Date(at)),
    dateAndTime: (at: string) => calendar.format(new Date(at)),
  };
}

export type Figures = ReturnType<typeof createFigures>;
