import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { type Chain, type ChainPage, identityChains, leadChains } from '../../lib/api.gen';
import { many, range } from '../../lib/format';
import { Chip } from '../../ui/AdText';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { Strength } from '../../ui/pieces';
import { Failed, Loading } from '../../ui/states';
import { JudgePanel } from './JudgePanel';

/** Two ads of one identity, or the two ads that a lead's own page names. */
export type Pair = { identity: string; a: string; b: string } | { lead: string };

const AdName = ({ id, page }: { id: string; page: ChainPage }) => (
  <Link to={`/ad/${id}`} className="ad-id">
    {id === page.a ? 'Ad A' : id === page.b ? 'Ad B' : id}
  </Link>
);

const Steps = ({ chain, page, number }: { chain: Chain; page: ChainPage; number: number }) => (
  <section className="chain">
    <h3>
      Chain {number} <Strength word={chain.word} />
      <span className="hint">
        {many(chain.steps.length, 'step')}; it is as strong as its weakest one, step {chain.weakest + 1}
      </span>
    </h3>
    <ol>
      {chain.steps.map((s, i) => (
        <li key={i} className={i === chain.weakest ? 'weakest' : ''}>
          <span className="line">
            <span>
              <AdName id={s.a} page={page} /> <Icon name="right" size={12} /> <AdName id={s.b} page={page} />
            </span>
            <Strength word={s.word} />
          </span>
          <ul>
            {s.evidence.map((e, k) => (
              <li key={k}>
                <Chip kind={e.to.kind} label={e.to.label} /> {e.because}
              </li>
            ))}
          </ul>
          <small>{range(s.first, s.last)}</small>
        </li>
      ))}
    </ol>
  </section>
);

const Cut = ({ page }: { page: ChainPage }) => {
  const cut = page.cut;
  if (!cut) return null;
  return (
    <section>
      <h3>What would part them</h3>
      <p className="meta">
        {many(cut.links.length, 'link')} would have to go
        {cut.threads > 1 && `, between ${cut.threads} pairs of ads`}. {many(cut.count_a, 'ad')} would stay
        with A, {many(cut.count_b, 'ad')} with B
        {cut.elsewhere > 0 && `, ${many(cut.elsewhere, 'ad')} with neither`}.
        {cut.judged && ' A person’s judgement is among them: take that back first.'}
      </p>
      <ul className="cut-links">
        {cut.links.slice(0, 12).map((l, i) => (
          <li key={i}>
            <Chip kind={l.to.kind} label={l.to.label} /> {l.because} <Strength word={l.word} />
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Why A and B belong together: the chains of evidence, what would part them, what speaks against; and one’s word. */
export const PairDialog = ({ pair, onClose }: { pair: Pair; onClose: () => void }) => {
  const [judging, setJudging] = useState(false);
  const chains = useQuery({
    queryKey: ['chains', pair],
    queryFn: ({ signal }) =>
      'lead' in pair
        ? leadChains(pair.lead, signal)
        : identityChains(pair.identity, { a: pair.a, b: pair.b }, signal),
  });
  const page = chains.data;
  return (
    <Dialog title="Why A and B belong together" onClose={onClose} wide>
      {chains.isPending && <Loading lines={8} what="Following the evidence" />}
      {unread(chains) && (
        <Failed error={chains.error} what="The chains could not be read" retry={() => chains.refetch()} />
      )}
      {page && (
        <>
          <p>
            <b>{page.sentence}</b> <span className="caution">{page.caution}</span>
          </p>
          <p className="meta">
            <AdName id={page.a} page={page} /> <code>{page.a}</code> · <AdName id={page.b} page={page} />{' '}
            <code>{page.b}</code>
          </p>
          {page.chains.map((chain, i) => (
            <Steps key={i} chain={chain} page={page} number={i + 1} />
          ))}
          <section>
            <h3>What speaks against it</h3>
            {page.against.length ? (
              <ul className="against">
                {page.against.map((s, i) => (
                  <li key={i}>{s}</li>
                ))}
              </ul>
            ) : (
              <p className="meta">Nothing was found against it. That is not a sign that it is right.</p>
            )}
          </section>
          <Cut page={page} />
          {judging ? (
            <JudgePanel a={page.a} b={page.b} start="different" />
          ) : (
            <p className="row">
              <button type="button" className="button" onClick={() => setJudging(true)}>
                <Icon name="cut" size={15} /> Cut or confirm …
              </button>
            </p>
          )}
        </>
      )}
    </Dialog>
  );
};
