import type { ReactNode } from 'react';
import type { AppError } from '../../main/contract/errors.ts';
import { ErrorState, Skeleton } from './States.tsx';

type Props<T> = {
  call: { data: T | undefined; error: AppError | null; reload: () => void };
  /** What could not be read, as the title of the failure. */
  failed: string;
  /** Grey lines while it is fetched. */
  lines?: number | undefined;
  small?: boolean | undefined;
  children: (data: T) => ReactNode;
};

/** What a call answered, once it has: grey lines before, the failure with a way to try again if there is nothing to show. */
export function Loaded<T>({ call: { data, error, reload }, failed, lines = 6, small, children }: Props<T>) {
  if (data !== undefined) return children(data);
  return error ? <ErrorState error={error} title={failed} onRetry={reload} small={small} /> : <Skeleton lines={lines} />;
}
