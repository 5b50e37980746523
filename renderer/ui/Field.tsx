import { useId, type ComponentProps, type ReactNode } from 'react';
import { t } from '../messages.ts';
import { join } from './Button.tsx';
import './field.css';

export type ControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined };
type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** A sentence; shown instead of the hint, and spoken. */
  error?: string | null | undefined;
  required?: boolean | undefined;
  /** Stays for assistive technology, but is not drawn. */
  hideLabel?: boolean | undefined;
  children: (control: ControlProps) => ReactNode;
};

/** Label, control, hint and error, tied together. The control takes the props it is handed. */
export function Field({ label, hint, error, required, hideLabel, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="field">
      <label className={hideLabel ? 'visually-hidden' : 'field-label'} htmlFor={id}>
        {label}
        {required ? <span className="muted"> ({t('ui.required')})</span> : null}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {note ? (
        <p id={`${id}-note`} className={join('field-note', error && 'field-error')} role={error ? 'alert' : undefined}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" autoComplete="off" spellCheck={false} {...rest} className={join('input', className)} />;
}

/** Grows with its text between `rows` and the height its style allows. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...rest} className={join('input textarea', className)} />;
}

type SelectProps<V extends string> = Omit<ComponentProps<'select'>, 'onChange' | 'value'> & {
  value: V;
  options: readonly { value: V; label: string; disabled?: boolean }[];
  onValue: (value: V) => void;
};

/** The platform's own list of choices: every keyboard and screen reader knows it. */
export function Select<V extends string>({ value, options, onValue, className, ...rest }: SelectProps<V>) {
  return (
    <select {...rest} className={join('input select', className)} value={value} onChange={(event) => onValue(event.target.value as V)}>
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
