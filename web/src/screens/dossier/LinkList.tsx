import { useState } from 'react';
import type { LinkEdge, LinkNode, LinksPage } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { Chip } from '../../ui/AdText';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { Strength } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { JoinDialog } from './JoinDialog';

const MOST_LISTED = 200;

interface Props {
  page: LinksPage;
  least: number;
  withOthers: boolean;
  focus: LinkNode | null;
  onFocus: (id: string | null) => void;
  onAds: (edge: LinkEdge) => void;
}

const Ends = ({
  edge,
  page,
  focus,
  onFocus,
}: { edge: LinkEdge } & Pick<Props, 'page' | 'focus' | 'onFocus'>) => {
  const ends = [page.nodes[edge.a], page.nodes[edge.b]].filter((n) => n && n.id !== focus?.id) as LinkNode[];
  return (
    <span className="link-ends">
      {ends.map((n) => (
        <Chip key={n.id} kind={n.kind} label={n.label} common={n.common} onClick={() => onFocus(n.id)} />
      ))}
    </span>
  );
};

/** Each link in words: what it ties, how strongly, why, and the ads that show it. */
export const LinkList = ({ page, least, withOthers, focus, onFocus, onAds }: Props) => {
  const [joining, setJoining] = useState<LinkNode | null>(null);
  const here = focus ? page.nodes.indexOf(focus) : -1;
  const outside = (at: number) => page.nodes[at]?.kind === 'neighbour';
  const found = page.edges.filter(
    (e) =>
      e.strength >= least &&
      (here < 0 || e.a === here || e.b === here) &&
      (withOthers || !(outside(e.a) || outside(e.b))),
  );
  return (
    <Scroll label="Links, strongest first" className="pane-scroll">
      <div className="line">
        <h2>
          {focus ? (
            <>
              Links of <Chip kind={focus.kind} label={focus.label} />
            </>
          ) : (
            'All links'
          )}{' '}
          <span className="hint">{count(found.length)}</span>
        </h2>
        {focus && (
          <button type="button" className="plain" onClick={() => onFocus(null)}>
            Show all
          </button>
        )}
      </div>
      {focus?.identity && (
        <p>
          <Link to={`/identity/${focus.identity}`}>Open its dossier</Link>{' '}
          <button type="button" className="plain" onClick={() => setJoining(focus)}>
            <Icon name="link" size={13} /> Join with it …
          </button>
        </p>
      )}
      {found.length === 0 && (
        <p className="meta">
          {focus?.common
            ? `It joins nothing here: ${focus.common}.`
            : 'No link is that strong. Move the slider to see weaker ones.'}
        </p>
      )}
      <ul className="link-list">
        {found.slice(0, MOST_LISTED).map((edge, i) => (
          <li key={i}>
            <span className="line">
              <Ends edge={edge} page={page} focus={focus} onFocus={onFocus} />
              <Strength word={edge.word} />
            </span>
            <span className="line">
              <span className="meta">{edge.reason}</span>
              {edge.ad_ids.length > 0 && (
                <button type="button" className="plain" onClick={() => onAds(edge)}>
                  {many(edge.ads, 'ad')}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {found.length > MOST_LISTED && (
        <p className="meta">
          {count(found.length - MOST_LISTED)} weaker links follow; choose a node to see its own.
        </p>
      )}
      {joining?.identity && (
        <JoinDialog
          identity={page.identity}
          other={joining.identity}
          title={joining.label}
          onClose={() => setJoining(null)}
        />
      )}
    </Scroll>
  );
};
