/**
 * Numbers in the written form of a language, without `Intl`: its output changes between versions of Node, and the
 * content has to be the same everywhere, because databases are compared by it.
 */
export const noBreakSpace = '\u00a0';
const narrowNoBreakSpace = '\u202f';

interface Separators {
  readonly decimal: string;
  readonly group: string;
  /** Digits in the integer from which it is grouped. */
  readonly groupFrom: number;
}

const english: Separators = { decimal: '.', group: ',', groupFrom: 4 };
const german: Separators = { decimal: ',', group: '.', groupFrom: 4 };
const french: Separators = { decimal: ',', group: narrowNoBreakSpace, groupFrom: 4 };
const spanish: Separators = { decimal: ',', group: '.', groupFrom: 5 };

export const separators = { english, german, french, spanish };

/** @param value not negative */
export function number(value: number, decimals: number, { decimal, group, groupFrom }: Separators): string {
  const [integer = '0', fraction] = value.toFixed(decimals).split('.');
  const grouped = integer.length < groupFrom ? integer : integer.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** Millions as precise as a text needs them, the same in every language: three to five significant digits. */
export function roundForText(usdM: number): number {
  const step = usdM >= 100_000 ? 100 : usdM >= 1000 ? 10 : 1;
  return Math.round(usdM / step) * step;
}

/** The amount in billions, or in millions when it is less than one billion. */
export function scaled(
  usdM: number,
  style: Separators,
): { readonly text: string; readonly unit: 'million' | 'billion'; readonly amount: number } {
  const rounded = roundForText(usdM);
  if (rounded < 1000) return { text: number(rounded, 0, style), unit: 'million', amount: rounded };
  const amount = rounded / 1000;
  return { text: number(amount, amount >= 100 ? 1 : 2, style), unit: 'billion', amount };
}

/** The amount in dollars by powers of ten thousand, as Japanese and Korean count. */
export function myriads(
  usdM: number,
  units: { trillion: string; hundredMillion: string; tenThousand: string },
) {
  const tenThousands = roundForText(usdM) * 100;
  const parts: [number, string][] = [
    [Math.floor(tenThousands / 100_000_000), units.trillion],
    [Math.floor(tenThousands / 10_000) % 10_000, units.hundredMillion],
    [tenThousands % 10_000, units.tenThousand],
  ];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${number(count, 0, english)}${unit}`);
}

/** The first letter as a capital. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
