import { useEffect } from 'react';
import { useCall } from '../api.ts';
import { go, type Route } from './route.ts';

/** Sends a new owner to the welcome screen, until they have been there. */
export function useWelcome(route: Route): void {
  const welcomed = useCall('app.settings', {}).data?.welcomed;
  const elsewhere = route.screen !== 'welcome';
  useEffect(() => {
    if (welcomed === false && elsewhere) go({ screen: 'welcome' }, 'replace');
  }, [welcomed, elsewhere]);
}
