import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, Fragment, useEffect, useRef, useState } from 'react';
import { unread } from '../../lib/again';
import { type Judgement, judgeAds, type PreviewPart, previewJudgement } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { Failed, Loading, Note } from '../../ui/states';

const Part = ({ p }: { p: PreviewPart }) => (
  <tr>
    <td>
      <span className="part-of">
        {p.known ? <code>{p.id}</code> : 'a new group'}
        {p.holds_a && <span className="flag">A</span>}
        {p.holds_b && <span className="flag">B</span>}
      </span>
    </td>
    <td className="num" data-head="Ads">
      {count(p.ads)}
    </td>
    <td data-head="Names used">{p.names.slice(0, 6).join(', ') || 'no name'}</td>
    <td data-head="Phones">
      {p.phones.slice(0, 3).map((phone, i) => (
        <Fragment key={phone}>
          {i > 0 && ', '}
          <span className="nowrap">{phone}</span>
        </Fragment>
      ))}
      {p.phones.length === 0 && 'no phone'}
      {p.phones_total > 3 && ` and ${count(p.phones_total - 3)} more`}
    </td>
  </tr>
);

const Parts = ({ title, parts }: { title: string; parts: PreviewPart[] }) => (
  <div className="wide-table">
    <table className="stacks">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col" className="num">
            Ads
          </th>
          <th scope="col">Names used</th>
          <th scope="col">Phones</th>
        </tr>
      </thead>
      <tbody>
        {parts.slice(0, 12).map((p, i) => (
          <Part key={i} p={p} />
        ))}
      </tbody>
    </table>
    {parts.length > 12 && <p className="meta">and {many(parts.length - 12, 'more group')}</p>}
  </div>
);

const ASKED: [Judgement, string][] = [
  ['different', 'They do not belong together (cut)'],
  ['same', 'They belong together (join)'],
];

/** The form that had the focus is gone: what was said in its place gets it. */
const focusIt = (said: HTMLElement | null) => said?.focus();

/** Say whether two ads belong together: what it would change is shown first, and it can be taken back. */
export const JudgePanel = ({ a, b, start }: { a: string; b: string; start: Judgement }) => {
  const client = useQueryClient();
  const [judgement, setJudgement] = useState<Judgement>(start);
  const [why, setWhy] = useState('');
  const panel = useRef<HTMLFormElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>('input:checked')?.focus(), []);
  const preview = useQuery({
    queryKey: ['preview', a, b, judgement],
    queryFn: ({ signal }) => previewJudgement({ a, b, judgement }, signal),
    placeholderData: (previous) => previous,
  });
  const keep = useMutation({
    mutationFn: (said: { judgement: Judgement; why: string }) => judgeAds({ a, b, ...said }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['history'] });
      void client.invalidateQueries({ queryKey: ['preview'] });
    },
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (why.trim()) keep.mutate({ judgement, why: why.trim() });
  };
  if (keep.data)
    return (
      <div className="judged" ref={focusIt} tabIndex={-1}>
        <Note icon="info">
          <p>
            {keep.data.judgement === 'undecided'
              ? 'Your word is taken back; the log keeps both.'
              : 'Your judgement is kept and outranks every score. It holds from the next refresh on.'}{' '}
            {keep.data.judgement !== 'undecided' && (
              <button
                type="button"
                className="plain"
                disabled={keep.isPending}
                onClick={() => keep.mutate({ judgement: 'undecided', why: 'Taken back at once.' })}
              >
                <Icon name="undo" size={13} /> Take it back
              </button>
            )}
          </p>
        </Note>
      </div>
    );
  const page = preview.data;
  return (
    <form className="form judge" onSubmit={submit} ref={panel}>
      <fieldset>
        <legend>What do you say?</legend>
        {ASKED.map(([value, label]) => (
          <label key={value} className="check">
            <input
              type="radio"
              name="judgement"
              checked={judgement === value}
              onChange={() => setJudgement(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {preview.isPending && <Loading lines={4} what="Working out what it would change" />}
      {unread(preview) && (
        <Failed error={preview.error} what="The preview could not be made" retry={() => preview.refetch()} />
      )}
      {page && (
        <section aria-label="What it would change" aria-busy={preview.isPlaceholderData}>
          <p>
            <b>{page.sentence}</b>
            {!page.sure && ' The next refresh decides; this is an estimate.'}
          </p>
          <Parts title="As it is" parts={page.before} />
          <Parts title="As it would be" parts={page.after} />
        </section>
      )}
      <label>
        Why do you say so? <span className="hint">kept with your name; never deleted, may be taken back</span>
        <textarea rows={2} value={why} maxLength={2000} onChange={(e) => setWhy(e.target.value)} />
      </label>
      {keep.isError && <Failed error={keep.error} what="Not kept" />}
      <p className="row">
        <button type="submit" className="button main" disabled={!why.trim() || keep.isPending}>
          <Icon name={judgement === 'same' ? 'link' : 'cut'} size={15} />{' '}
          {judgement === 'same' ? 'Join' : 'Cut'}
        </button>
      </p>
    </form>
  );
};
