import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type DecisionRequest, decideLead, type LeadList, type LeadRow, undoLead } from '../../lib/api.gen';
import { ApiError } from '../../lib/call';
import { useKeys } from '../../lib/keys';
import { setLastDecision, useLastDecision } from '../../lib/pending';
import type { IconName } from '../../lib/icons';
import { Icon } from '../../ui/Icon';
import { Kbd } from '../../ui/pieces';
import { say } from '../../ui/toast';
import { DismissDialog, SnoozeDialog } from './dialogs';
import { UrgentDialog } from './UrgentDialog';

type Asking = 'dismiss' | 'snooze' | 'urgent' | null;
type Pages = InfiniteData<LeadList>;

interface Props {
  row: LeadRow | null;
  rows: LeadRow[];
  index: number;
  onMove: (i: number) => void;
}

/** What a person may do with the lead: by button or key, with undo that outlives the lead's place. */
export const Actions = ({ row, rows, index, onMove }: Props) => {
  const client = useQueryClient();
  const last = useLastDecision();
  const [asking, setAsking] = useState<Asking>(null);

  const settle = () => client.invalidateQueries({ queryKey: ['leads'] });
  const failed = (error: unknown) => {
    const known = error instanceof ApiError ? error : null;
    say(
      known?.status === 409
        ? `${known.message}. ${known.detail}`
        : `Not saved: ${known?.message ?? 'something went wrong'}. ${known?.detail ?? ''}`,
    );
    void settle();
  };
  const decide = useMutation({
    mutationFn: ({ lead, body }: { lead: LeadRow; body: DecisionRequest }) => decideLead(lead.id, body),
    onMutate: ({ lead }) => {
      const next = rows[index + 1] ?? rows[index - 1];
      if (next) onMove(rows.indexOf(next));
      client.setQueriesData<Pages>(
        { queryKey: ['leads'] },
        (old) =>
          old && {
            ...old,
            pages: old.pages.map((p) => ({ ...p, leads: p.leads.filter((l) => l.id !== lead.id) })),
          },
      );
    },
    onSuccess: (result, { lead }) => {
      if (result.decision) setLastDecision({ lead: lead.id, decision: result.decision.id, rank: lead.rank });
      say(result.sentence);
      void client.invalidateQueries({ queryKey: ['lead', lead.id] });
      void settle();
    },
    onError: failed,
  });
  const undo = useMutation({
    mutationFn: (what: NonNullable<typeof last>) => undoLead(what.lead, { decision: what.decision }),
    onSuccess: (result) => {
      setLastDecision(null);
      say(result.sentence);
      void client.invalidateQueries({ queryKey: ['lead', result.lead] });
      void settle();
    },
    onError: failed,
  });

  const send = (body: DecisionRequest) => {
    setAsking(null);
    if (row) decide.mutate({ lead: row, body: { ...body, replaces: row.decision?.id ?? null } });
  };
  const takeBack = () => {
    const standing = row?.decision;
    if (last) undo.mutate(last);
    else if (row && standing) undo.mutate({ lead: row.id, decision: standing.id, rank: row.rank });
    else say('There is nothing to undo.');
  };
  const acts: { key: string; word: string; icon: IconName; run: () => void }[] = [
    { key: 'p', word: 'Child or danger', icon: 'priority', run: () => setAsking('urgent') },
    { key: 'w', word: 'Watch', icon: 'watch', run: () => send({ decision: 'watch' }) },
    { key: 's', word: 'Snooze', icon: 'snooze', run: () => setAsking('snooze') },
    { key: 'd', word: 'Dismiss', icon: 'dismiss', run: () => setAsking('dismiss') },
  ];
  useKeys(acts.map((a) => ({ keys: [a.key], label: a.word, group: 'Decide', run: () => row && a.run() })));
  useKeys([{ keys: ['u'], label: 'Undo the last decision', group: 'Decide', run: takeBack }]);
  const canUndo = last !== null || row?.decision != null;
  return (
    <footer className="actions">
      {acts.map((a) => (
        <button
          key={a.key}
          type="button"
          className="button"
          disabled={!row}
          onClick={a.run}
          aria-keyshortcuts={a.key}
        >
          <Icon name={a.icon} /> {a.word} <Kbd k={a.key} />
        </button>
      ))}
      <span className="grow" />
      <button
        type="button"
        className="button quiet"
        disabled={!canUndo}
        onClick={takeBack}
        aria-keyshortcuts="u"
      >
        <Icon name="undo" /> Undo{last && ` (lead ${last.rank})`} <Kbd k="u" />
      </button>
      {asking === 'dismiss' && (
        <DismissDialog
          onClose={() => setAsking(null)}
          onPick={(reason, note) => send({ decision: 'dismiss', reason, note })}
        />
      )}
      {asking === 'snooze' && (
        <SnoozeDialog
          onClose={() => setAsking(null)}
          onPick={(until) => send({ decision: 'snooze', until })}
        />
      )}
      {asking === 'urgent' && row && <UrgentDialog lead={row.id} onClose={() => setAsking(null)} />}
    </footer>
  );
};
