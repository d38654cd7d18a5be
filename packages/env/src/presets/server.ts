import { text, wholeNumber } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { variable } from '../variable.ts';

export interface ServerEnv {
  readonly port: number;
  /** The address of this machine that it listens on. */
  readonly bindAddress: string;
}

/** Where the site listens. */
export const serverEnv = definePreset({
  variables: {
    PORT: variable(wholeNumber(1, 65_535), {
      expected: 'a port from 1 to 65535',
      example: '3000',
      default: '3000',
    }),
    BIND_ADDRESS: variable(text, {
      expected: 'an address of this machine, or 0.0.0.0 for all of them',
      example: '127.0.0.1',
      default: '127.0.0.1',
    }),
  },
  build: (values): ServerEnv => ({ port: values.PORT, bindAddress: values.BIND_ADDRESS }),
});
