import { useQuery } from '@tanstack/react-query';
import { unread } from '../../lib/again';
import { identityAds } from '../../lib/api.gen';
import { count } from '../../lib/format';
import { AdItem } from '../../ui/AdText';
import { Failed, Loading } from '../../ui/states';

/** Some ads of a group, whole enough to be read. */
export const FullTexts = ({ id, ids, total }: { id: string; ids: string[]; total: number }) => {
  const ads = useQuery({
    queryKey: ['ads-of', id, ids],
    queryFn: ({ signal }) => identityAds(id, { ads: ids.slice(0, 100), limit: 100 }, signal),
  });
  return (
    <div className="full-texts">
      {ads.isPending && <Loading lines={6} what="Loading the ads" />}
      {unread(ads) && (
        <Failed error={ads.error} what="The ads could not be read" retry={() => ads.refetch()} />
      )}
      {ads.data && total > ads.data.ads.length && (
        <p className="meta">
          {count(ads.data.ads.length)} of {count(total)} ads, newest first.
        </p>
      )}
      {ads.data?.ads.map((ad) => (
        <AdItem key={ad.id} ad={ad} />
      ))}
    </div>
  );
};
