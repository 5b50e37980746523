import { useEffect, useState } from 'react';
import type { mathPlugins } from './math.ts';

export type Maths = typeof mathPlugins;

let fetched: Maths | null = null;

/** The plugins for maths once they are wanted and here. */
export function useMaths(wanted: boolean): Maths | null {
  const [maths, setMaths] = useState(fetched);
  useEffect(() => {
    if (!wanted || fetched) return;
    let shown = true;
    void import('./math.ts').then((module) => {
      fetched = module.mathPlugins;
      if (shown) setMaths(fetched);
    });
    return () => {
      shown = false;
    };
  }, [wanted]);
  return wanted ? (maths ?? fetched) : null;
}
