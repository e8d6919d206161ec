import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { markUrgent, type UrgentRequest } from '../../lib/api.gen';
import { useKeys } from '../../lib/keys';
import { Dialog } from '../../ui/Dialog';
import { Link } from '../../ui/Link';
import { Kbd } from '../../ui/pieces';
import { Said } from '../door/Page';
import { Clock, Sheet } from '../urgent/pieces';

const KINDS: [UrgentRequest['kind'], string][] = [
  ['possible-child', 'Possible child'],
  ['immediate-danger', 'Immediate danger'],
];

/** A person says that somebody may be a child or in danger: restricted at once, and whom to call. */
export const UrgentDialog = ({ lead, onClose }: { lead: string; onClose: () => void }) => {
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const mark = useMutation({
    mutationFn: (kind: UrgentRequest['kind']) => markUrgent(lead, { kind, why }),
    onSuccess: () => {
      for (const key of ['leads', 'lead', 'session', 'urgent'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
  const done = mark.data;
  useKeys(
    done || mark.isPending
      ? []
      : KINDS.map(([kind, label], i) => ({
          keys: [String(i + 1)],
          label,
          hidden: true,
          run: () => mark.mutate(kind),
        })),
  );
  if (done)
    return (
      <Dialog title="The lead is restricted" onClose={onClose}>
        <p>{done.sentence}</p>
        <Clock mark={done.mark} now={done.mark.at} />
        <Sheet text={done.sheet} />
        <p className="meta">
          You find it under Priority and on the screen <Link to="/urgent">Urgent</Link>. A slip? Take it back
          there, with a reason, until the duty officer has acknowledged it.
        </p>
      </Dialog>
    );
  return (
    <Dialog title="Possible child or immediate danger" onClose={onClose} keys>
      <p>
        The lead and all ads of its group are restricted at once: only you and the duty officer see them. The
        duty officer gets a notice here. <b>Homeward contacts nobody outside.</b>
      </p>
      <div className="choices">
        {KINDS.map(([kind, label], i) => (
          <button
            key={kind}
            type="button"
            className="choice"
            disabled={mark.isPending}
            onClick={() => mark.mutate(kind)}
          >
            <Kbd k={String(i + 1)} />
            {label}
          </button>
        ))}
      </div>
      <label className="door-field">
        <span>What you saw, if you want to say it</span>
        <input type="search" value={why} maxLength={1000} onChange={(e) => setWhy(e.target.value)} />
      </label>
      <Said error={mark.error} />
    </Dialog>
  );
};
