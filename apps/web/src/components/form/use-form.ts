'use client';

import { useActionState, useEffect, useId, useRef } from 'react';
import type { FormFailure } from '../../server/actions/form.ts';
import type { FormTexts } from './texts.ts';

export interface Success {
  readonly ok: true;
}

/** What an action makes of a form. `null`: it was not sent yet. */
type State<Field extends string, Done extends Success> = Done | FormFailure<Field> | null;

/** `useActionState` takes these; it works without scripts. */
export type FormAction<Field extends string, Done extends Success = Success> = (
  previous: State<Field, Done>,
  formData: FormData,
) => Promise<State<Field, Done>>;

/**
 * A form that an action of the server answers. The first field that was refused gets the focus, so that it is read out
 * with its problem.
 */
export function useForm<Field extends string, Done extends Success = Success>(
  action: FormAction<Field, Done>,
  texts: FormTexts,
) {
  const [state, submit, pending] = useActionState<State<Field, Done>, FormData>(action, null);
  const ref = useRef<HTMLFormElement>(null);
  const id = useId();
  const failure = state?.ok === false ? state : null;
  useEffect(() => {
    if (failure !== null) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  return {
    pending,
    failure,
    done: state?.ok ? state : null,
    form: { ref, action: submit, noValidate: true },
    /** What a `TextField` has besides its label. `stored`: its text at first; default: none. */
    field: (name: Field, stored?: string) => ({
      id: `${id}-${name}`,
      name,
      defaultValue: failure?.values[name] ?? stored,
      error: failure?.fieldErrors[name],
      texts,
    }),
  };
}
