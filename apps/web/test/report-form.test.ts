import { describe, expect, it } from 'vitest';
import { locales } from '../src/i18n/locales.ts';
import { fieldErrorsOf, readFields } from '../src/server/actions/form.ts';
import { reportFields, reportFormSchema } from '../src/server/actions/report-form.ts';

function form(changes: Record<string, string> = {}) {
  const formData = new FormData();
  const values = {
    id: '7',
    version: '3',
    priceSingleUser: '3950',
    priceMultiUser: '5530.5',
    priceEnterprise: '7110,00',
    featured: 'on',
    ...Object.fromEntries(locales.map((locale) => [`title.${locale}`, `Title ${locale}`])),
    ...Object.fromEntries(locales.map((locale) => [`summary.${locale}`, `Summary ${locale}`])),
    ...changes,
  };
  for (const [name, value] of Object.entries(values)) formData.set(name, value);
  return readFields(formData, reportFields);
}

function errorsOf(changes: Record<string, string>) {
  const result = reportFormSchema.safeParse(form(changes));
  return result.success ? {} : fieldErrorsOf(result.error, reportFields);
}

describe('the form of a report', () => {
  it('is read with its texts in every language', () => {
    expect(reportFormSchema.parse(form())).toEqual({
      id: 7,
      version: 3,
      priceSingleUser: '3950',
      priceMultiUser: '5530.5',
      priceEnterprise: '7110.00',
      featured: true,
      translations: locales.map((locale) => ({
        locale,
        title: `Title ${locale}`,
        summary: `Summary ${locale}`,
      })),
    });
  });

  it('has no featured field when the box is not ticked', () => {
    expect(reportFormSchema.parse(form({ featured: '' })).featured).toBe(false);
  });

  it('says at each field what is wrong', () => {
    const changes = {
      priceSingleUser: 'a lot',
      priceMultiUser: '',
      priceEnterprise: '0',
      'title.de': '   ',
      'title.ja': 'x'.repeat(256),
    };
    expect(errorsOf(changes)).toEqual({
      priceSingleUser: { code: 'not-a-price' },
      priceMultiUser: { code: 'required' },
      priceEnterprise: { code: 'not-a-price' },
      'title.de': { code: 'required' },
      'title.ja': { code: 'too-long', limit: 255 },
    });
  });

  it.each(['-1', '1.234', '1e3', '999999999', '3.950,00', 'Infinity'])('takes no price like %s', (price) => {
    expect(errorsOf({ priceSingleUser: price })).toEqual({ priceSingleUser: { code: 'not-a-price' } });
  });

  it('reads a file in place of a text as nothing', () => {
    const formData = new FormData();
    formData.set('title.en', new File(['x'], 'x.txt'));
    expect(readFields(formData, ['title.en'])).toEqual({ 'title.en': '' });
  });
});
