import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { type HistoryRow, identityHistory, judgeAds, type JudgementRow } from '../../lib/api.gen';
import { count, day, many, moment } from '../../lib/format';
import type { IconName } from '../../lib/icons';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading, Note } from '../../ui/states';
import { say } from '../../ui/toast';

const LOOK: Record<HistoryRow['what'], [IconName, string]> = {
  joined: ['link', 'Joined'],
  split: ['cut', 'Split'],
  judged: ['people', 'Judged'],
  decided: ['triage', 'Decided'],
  undone: ['undo', 'Taken back'],
};

const Entry = ({ row }: { row: HistoryRow }) => (
  <li>
    <span className="kind-icon t-wording">
      <Icon name={LOOK[row.what][0]} size={14} />
    </span>
    <div>
      <p>
        <b>{LOOK[row.what][1]}</b> {row.sentence}
        {row.other && (
          <>
            {' '}
            <Link to={`/identity/${row.other}`}>Open the other</Link>
          </>
        )}
      </p>
      <small>
        {row.at ? moment(row.at) : 'no time kept'}
        {row.by && ` · by ${row.by}`}
      </small>
    </div>
  </li>
);

const Judged = ({
  row,
  onBack,
  busy,
}: {
  row: JudgementRow;
  onBack: (row: JudgementRow) => void;
  busy: boolean;
}) => (
  <li>
    <p>
      <Link to={`/ad/${row.a}`} className="ad-id">
        {row.a}
      </Link>{' '}
      and{' '}
      <Link to={`/ad/${row.b}`} className="ad-id">
        {row.b}
      </Link>{' '}
      <b>{row.judgement === 'same' ? 'belong together' : 'do not belong together'}</b>: {row.why}
    </p>
    <small>
      {row.by.join(', ')} · {moment(row.at)} · look at it again {row.due ? 'now' : `on ${day(row.review)}`}
    </small>
    {row.contradiction && (
      <Note tone="warn" icon="warn">
        {row.contradiction} The judgement stands until a person takes it back.
      </Note>
    )}
    <button type="button" className="plain" disabled={busy} onClick={() => onBack(row)}>
      <Icon name="undo" size={13} /> Take my word back
      <span className="sr">
        {' '}
        on {row.a} and {row.b}
      </span>
    </button>
  </li>
);

/** What became of a group: how it was joined and split, what people judged and decided, newest first. */
export const HistoryTab = ({ id }: { id: string }) => {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['history', id], queryFn: ({ signal }) => identityHistory(id, signal) });
  const back = useMutation({
    mutationFn: (row: JudgementRow) =>
      judgeAds({ a: row.a, b: row.b, judgement: 'undecided', why: 'Taken back in the history.' }),
    onSuccess: () => {
      say('Your word is taken back; the log keeps both. It holds from the next refresh on.');
      void client.invalidateQueries({ queryKey: ['history', id] });
    },
  });
  if (list.isPending)
    return (
      <div className="pad">
        <Loading lines={8} what="Loading the history" />
      </div>
    );
  if (unread(list))
    return (
      <div className="pad">
        <Failed error={list.error} what="The history could not be read" retry={() => list.refetch()} />
      </div>
    );
  const page = list.data;
  return (
    <Scroll label="History" className="pane-scroll">
      <div className="history">
        <section>
          <h2 className="big">
            What became of it{' '}
            {page.total > 0 && (
              <span className="hint">{many(page.total, 'entry', 'entries')}, newest first</span>
            )}
          </h2>
          {page.history.length === 0 && (
            <p className="meta">
              Nothing yet: it was formed once, nobody judged an ad of it and nobody decided on its lead.
            </p>
          )}
          <ol className="history-list">
            {page.history.map((row, i) => (
              <Entry key={i} row={row} />
            ))}
          </ol>
          {page.total > page.history.length && (
            <p className="meta">{count(page.total - page.history.length)} older ones are not listed.</p>
          )}
        </section>
        <section>
          <h2 className="big">
            Judgements that hold{' '}
            {page.judgements.length > 0 && <span className="hint">{count(page.judgements.length)}</span>}
          </h2>
          <p className="meta">
            {page.judgements.length === 0 &&
              'None. Press b to compare two of its ads, and say what you think. '}
            What a person says outranks every score, and can be taken back.
          </p>
          {back.isError && <Failed error={back.error} what="Not taken back" />}
          <ul className="judgements">
            {page.judgements.map((row) => (
              <Judged key={`${row.a} ${row.b}`} row={row} busy={back.isPending} onBack={back.mutate} />
            ))}
          </ul>
        </section>
      </div>
    </Scroll>
  );
};
