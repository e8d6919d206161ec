import type { OutcomeRow } from '../../lib/api.gen';
import { moment, plainDay } from '../../lib/format';
import { Note } from '../../ui/states';

/** The outcomes that there are: what became of a lead for the person in it. An arrest is none of them. */
export const OUTCOMES: Record<OutcomeRow['outcome'], string> = {
  'located-safe': 'Located, safe',
  'receiving-support': 'Receiving support',
  'declined-for-now': 'Declined support for now',
  'not-found': 'Not found',
  'child-placed': 'Child placed with a guardian or service',
  unknown: 'Not known',
  unfounded: 'Unfounded',
  consensual: 'Adult, of her or his own free will',
};

/** What somebody said became of a lead. */
export const OutcomeNote = ({ outcome }: { outcome: OutcomeRow }) => (
  <Note tone={outcome.due ? 'warn' : 'plain'}>
    <p>
      {outcome.by} recorded at {moment(outcome.at)}: <b>{OUTCOMES[outcome.outcome]}</b>.{' '}
      {outcome.review &&
        (outcome.due
          ? `To be looked at again since ${plainDay(outcome.review)}. `
          : `To be looked at again on ${plainDay(outcome.review)}. `)}
      {outcome.note}
    </p>
  </Note>
);
