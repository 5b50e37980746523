import { useCall } from '../api.ts';

/** How many things wait for the owner to say something of them; 0 while nobody knows. */
export function useWaiting(): number {
  const { data } = useCall('claims.asking', {});
  return data ? data.proposed + data.aside + data.conflicts : 0;
}
