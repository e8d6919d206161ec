import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** State that outlives its screen, in memory alone: whoever comes back finds it, whoever signs out ends it. */
export const useKept = <T>(name: string, initial: T) => {
  const client = useQueryClient();
  const [value, set] = useState<T>(() => client.getQueryData<T>(['kept', name]) ?? initial);
  useEffect(() => {
    client.setQueryDefaults(['kept'], { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(['kept', name], value);
  }, [client, name, value]);
  return [value, set] as const;
};
