import type { FormError } from '../../server/actions/form.ts';
import type { FormTexts } from './texts.ts';

/** Why a form was refused as a whole. Announced when it appears. */
export function FormAlert({ error, texts }: { error: FormError; texts: FormTexts }) {
  return (
    <p role="alert" className="border-s-4 border-alarm bg-alarm-tint px-4 py-3 text-sm font-semibold">
      {texts.formErrors[error]}
    </p>
  );
}
