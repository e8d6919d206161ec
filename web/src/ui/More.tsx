import { count } from '../lib/format';

/** The part of a paged query that its button needs. */
interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

interface Props {
  pages: Pages;
  of: string; // which things: "ads"
  shown: number;
  total?: number | undefined; // where it is known
}

/** The way to what is not shown yet, alike beneath every list; where nothing is left there is none. */
export const More = ({ pages, of, shown, total }: Props) =>
  pages.hasNextPage && (
    <p className="more">
      <button
        type="button"
        className="button"
        aria-disabled={pages.isFetchingNextPage} // a disabled button would lose the focus, and the keyboard its place
        onClick={() => pages.isFetchingNextPage || void pages.fetchNextPage()}
      >
        {pages.isFetchingNextPage ? `Reading more ${of} …` : `Show more ${of}`}
      </button>{' '}
      <span className="hint">
        {count(shown)} {total === undefined ? 'shown' : `of ${count(total)}`}
      </span>
    </p>
  );
