import { useEffect, useRef, useState } from 'react';
import type { Model } from '../../main/contract/model.ts';
import { api } from '../api.ts';
import { notifyFailure } from '../ui/index.ts';

export type Loading = {
  /** The model that is being read, and how much of it, between 0 and 1. */
  current: { id: string; fraction: number } | null;
  load: (model: Model) => void;
  stop: () => void;
};

/** Loads one model at a time, with progress. Leaving the screen lets it go on; stopping does not. */
export function useLoading(): Loading {
  const [current, setCurrent] = useState<Loading['current']>(null);
  const controller = useRef<AbortController | null>(null);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const load = async ({ id }: Model) => {
    const own = new AbortController();
    controller.current = own;
    setCurrent({ id, fraction: 0 });
    try {
      for await (const event of api.model.load({ id }, own.signal)) {
        if (event.type === 'progress' && shown.current) setCurrent({ id, fraction: event.fraction });
      }
    } catch (failure) {
      notifyFailure(failure);
    }
    if (shown.current) setCurrent(null);
  };
  return { current, load: (model) => void load(model), stop: () => controller.current?.abort() };
}
