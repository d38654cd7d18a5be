'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { FormState } from '../../server/actions/form.ts';

/** Puts the focus on the first field that was refused, so that it is read out with its problem. */
export function useFocusOnFirstError(state: FormState<string>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state?.ok !== false) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  return form;
}
