import { wholeNumber } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { variable } from '../variable.ts';

export interface ServerEnv {
  readonly port: number;
}

/** Where the site listens. */
export const serverEnv = definePreset({
  variables: {
    PORT: variable(wholeNumber(1, 65_535), {
      expected: 'a port from 1 to 65535',
      example: '3000',
      default: '3000',
    }),
  },
  build: (values): ServerEnv => ({ port: values.PORT }),
});
