import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keepWatch, type WatchRequest } from '../../lib/api.gen';
import { Dialog } from '../../ui/Dialog';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';

const LASTS = [7, 30, 90, 180];

/** Keeps a search or a value of one's own, to see later what is new. */
export const WatchDialog = ({
  kind,
  name: given,
  request,
  onClose,
}: {
  kind: WatchRequest['kind'];
  name: string;
  request: WatchRequest['request'];
  onClose: () => void;
}) => {
  const client = useQueryClient();
  const [name, setName] = useState(given.slice(0, 120));
  const [days, setDays] = useState(30);
  const keep = useMutation({
    mutationFn: () => keepWatch({ kind, name: name.trim(), request, days }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['watches'] });
      say('It is kept under Watches, for you alone.');
      onClose();
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    keep.mutate();
  };
  return (
    <Dialog title={kind === 'search' ? 'Save this search' : 'Watch this value'} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label="Name" value={name} set={setName} most={120} first />
        <label className="door-field">
          <span>Until</span>
          <select value={days} onChange={(e) => setDays(Number(e.target.value))}>
            {LASTS.map((n) => (
              <option key={n} value={n}>
                {n} days from now
              </option>
            ))}
          </select>
        </label>
        <Said error={keep.error} />
        <button type="submit" className="button main" disabled={keep.isPending || !name.trim()}>
          {kind === 'search' ? 'Save' : 'Watch'}
        </button>
      </form>
      <p className="meta">Nobody else sees it. Each look at it is written down, as any search is.</p>
    </Dialog>
  );
};
