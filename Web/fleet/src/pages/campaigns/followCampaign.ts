import type { Campaign, CampaignCard, StreamEvents } from "../../types";

type Event = StreamEvents["campaign"];

/** A campaign with what events tell of it: the newest counts and state. */
export function followCampaign(campaign: Campaign, batch: readonly Event[]): Campaign {
  const own = batch.filter((event) => event.campaign === campaign.id);
  const newest = own[own.length - 1];
  if (!newest) return campaign;
  return { ...campaign, state: newest.campaignState ?? campaign.state, counts: newest.counts ?? campaign.counts };
}

/** A campaign's cards with what events tell of them. Rows that nothing was told of stay the same objects. */
export function followCards(cards: CampaignCard[], campaign: number, batch: readonly Event[]): CampaignCard[] {
  const told = new Map(batch.filter((event) => event.campaign === campaign && event.card).map((event) => [event.card, event]));
  if (told.size === 0) return cards;
  return cards.map((card) => {
    const event = told.get(card.card);
    if (!event) return card;
    return { ...card, state: event.state ?? card.state, error: event.error ?? null, progress: event.progress ?? null, updatedAt: event.at };
  });
}
