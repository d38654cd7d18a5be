/** The colours of a cover. Covers are objects: they look the same in both schemes, as a printed book does. */
export interface Tone {
  readonly ground: string;
  readonly line: string;
  readonly highlight: string;
  /** Of type set on the ground; at least 4.5:1. */
  readonly type: string;
}

export const tones: readonly Tone[] = [
  { ground: '#0b4338', line: '#8fc7b3', highlight: '#f1ede0', type: '#f1ede0' },
  { ground: '#e6e4d9', line: '#24332e', highlight: '#0a6150', type: '#13201c' },
  { ground: '#1c2724', line: '#8a9a93', highlight: '#6fcdb0', type: '#eef2ee' },
  { ground: '#b7cbc0', line: '#14382f', highlight: '#fdfdfb', type: '#10271f' },
  { ground: '#2b3f49', line: '#a9bfc8', highlight: '#f1ede0', type: '#f3f5f3' },
  { ground: '#d9d0b8', line: '#3b3a2c', highlight: '#0b4338', type: '#22241b' },
];
