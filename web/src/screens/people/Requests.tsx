import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerRequest, getSession, listRequests, type RequestRow, seePermissions } from '../../lib/api.gen';
import { count, moment } from '../../lib/format';
import { Said } from '../door/Page';
import { Proposal } from './Proposal';

const LONG = 400; // characters of ids that are shown at once

/** What an act is bound to, in words; a name that is not here is shown as it is. */
const NAMES: Record<string, string> = {
  what: 'What',
  format: 'Format',
  level: 'Groups as',
  all_captures: 'Every capture of an ad',
  to: 'Handed to',
  basis: 'Legal basis',
  ads: 'Ads',
  reference: 'Reference',
  days: 'Days',
  case: 'Case',
  card: 'Card',
  key: 'Key',
  name: 'Name',
  says: 'Says',
  roles: 'Roles',
};
const ORDER = Object.keys(NAMES);
const VALUES: Record<string, string> = { '': 'none', true: 'yes', false: 'no' };

const bound = (parameters: Record<string, string>) =>
  Object.entries(parameters).sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));

const Row = ({ row, says, may }: { row: RequestRow; says: string; may: boolean }) => {
  const client = useQueryClient();
  const answer = useMutation({
    mutationFn: (agree: boolean) => answerRequest(row.id, { agree }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
  const stands = row.used_at ? 'done' : row.decision;
  return (
    <li>
      <p>
        <b>{row.by}</b> asks: {says} “{row.why}”{' '}
        <small className="hint">answer by {moment(row.expires_at)}</small>
      </p>
      <dl className="facts-list">
        {bound(row.parameters).map(([name, value]) => (
          <div key={name}>
            <dt>{NAMES[name] ?? name}</dt>
            <dd className="break">
              {name === 'ads' && value.length > LONG ? (
                <details>
                  <summary>{count(value.split(' ').length)} ads</summary>
                  {value}
                </details>
              ) : (
                (VALUES[value] ?? value)
              )}
            </dd>
          </div>
        ))}
      </dl>
      {row.action === 'train.apply' && !stands && may && <Proposal card={row.parameters.card ?? ''} />}
      {stands && (
        <p className="meta">
          {stands}
          {row.decided_by && ` by ${row.decided_by}`}
        </p>
      )}
      {!stands && may && (
        <div className="row">
          <button type="button" className="button" onClick={() => answer.mutate(true)}>
            Agree to exactly this
          </button>
          <button type="button" className="button" onClick={() => answer.mutate(false)}>
            Refuse
          </button>
        </div>
      )}
      <Said error={answer.error} />
    </li>
  );
};

/** What takes a second person: one's own requests, and to a supervisor everybody's. */
export const Requests = () => {
  const list = useQuery({
    queryKey: ['requests'],
    queryFn: ({ signal }) => listRequests(signal),
    retry: false,
  });
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const table = useQuery({ queryKey: ['permissions'], queryFn: ({ signal }) => seePermissions(signal) });
  if (!list.data) return null;
  const says = (action: string) => table.data?.rules.find((r) => r.act === action)?.says ?? action;
  const may = session.data?.role === 'supervisor';
  return (
    <section>
      <h2 className="big">Requests for a second person</h2>
      {list.data.requests.length ? (
        <ul>
          {list.data.requests.map((row) => (
            <Row key={row.id} row={row} says={says(row.action)} may={may && row.by !== session.data?.actor} />
          ))}
        </ul>
      ) : (
        <p className="meta">None. An agreement serves once, within 24 hours, for exactly what was asked.</p>
      )}
    </section>
  );
};
