"""The shapes of the API: what each operation takes and gives. `web/src/lib/api.gen.ts` is made from them.

Every operation has an `operation_id`, which is the name of the function in the generated client.

| operation_id        | method and path                  | takes             | gives            |
|---------------------|----------------------------------|-------------------|------------------|
| `get_session`       | GET /api/session                 |                   | `Session`        |
| `wait_for_news`     | GET /api/session/news            | after, seconds    | `Newer`          |
| `list_leads`        | GET /api/leads                   | query, see below  | `LeadList`       |
| `get_lead`          | GET /api/leads/{lead}            |                   | `LeadPage`       |
| `decide_lead`       | POST /api/leads/{lead}/decision  | `DecisionRequest` | `DecisionResult` |
| `undo_lead`         | POST /api/leads/{lead}/undo      | `UndoRequest`     | `DecisionResult` |
| `get_identity`      | GET /api/identities/{identity}   |                   | `IdentityPage`   |
| `why_belongs`       | POST /api/identities/{identity}/why | `ValueRequest` | `WhyPage`        |
| `identity_ads`      | POST /api/identities/{identity}/ads | `AdsRequest`   | `AdList`         |
| `identity_wordings` | GET /api/identities/{identity}/wordings |            | `WordingList`    |
| `mark_urgent`       | POST /api/leads/{lead}/urgent    | `UrgentRequest`   | `UrgentMade`     |
| `list_urgent`       | GET /api/urgent                  |                   | `UrgentList`     |
| `acknowledge_urgent`| POST /api/urgent/{mark}/acknowledge |                | `UrgentMark`     |
| `lift_urgent`       | POST /api/urgent/{mark}/lift     | `WhyRequest`      | `Sentence`       |
| `undo_urgent`       | POST /api/urgent/{mark}/undo     | `WhyRequest`      | `Sentence`       |
| `record_outcome`    | POST /api/leads/{lead}/outcome   | `OutcomeRequest`  | `OutcomeMade`    |
| `lift_lowering`     | POST /api/leads/{lead}/outcome/lift | `LiftRequest`  | `Sentence`       |
| `undo_outcome`      | POST /api/leads/{lead}/outcome/{outcome}/undo |      | `OutcomeMade`    |
| `count_outcomes`    | GET /api/outcomes                |                   | `OutcomeCounts`  |
| `get_training`      | GET /api/training                |                   | `Training`       |
| `put_lowered_days`  | PUT /api/outcomes/days           | `DaysRequest`     | `DaysRequest`    |
| `put_sheet`         | PUT /api/urgent/sheet            | `SheetRequest`    | `SheetPage`      |
| `list_notes`        | GET /api/identities/{identity}/notes |               | `NoteList`       |
| `write_note`        | POST /api/identities/{identity}/notes | `NoteRequest` | `NoteRow`       |
| `change_note`       | POST /api/identities/{identity}/notes/{note} | `NoteRequest` | `NoteRow` |
| `take_note_back`    | POST /api/identities/{identity}/notes/{note}/take-back |    | `NoteRow` |
| `restore_note`      | POST /api/identities/{identity}/notes/{note}/restore |      | `NoteRow` |
| `identity_chains`   | POST /api/identities/{identity}/chains | `PairRequest` | `ChainPage`    |
| `lead_chains`       | GET /api/leads/{lead}/chains     |                   | `ChainPage`      |
| `identity_links`    | POST /api/identities/{identity}/links | `LinksRequest` | `LinksPage`    |
| `identity_history`  | GET /api/identities/{identity}/history |             | `HistoryPage`    |
| `list_judgements`   | GET /api/judgements              |                   | `JudgementList`  |
| `preview_judgement` | POST /api/judgements/preview     | `PreviewRequest`  | `PreviewPage`    |
| `judge_ads`         | POST /api/judgements             | `JudgeRequest`    | `JudgeResult`    |
| `identity_alike`    | GET /api/identities/{identity}/alike |               | `AlikePage`      |
| `list_surges`       | GET /api/surges                  |                   | `SurgeList`      |
| `identity_movement` | GET /api/identities/{identity}/movement |            | `MovementPage`   |
| `search_ads`        | POST /api/search                 | `SearchRequest`   | `SearchPage`     |
| `get_search`        | GET /api/search/{search}         |                   | `SavedSearch`    |
| `get_ad`            | GET /api/ads/{ad}                |                   | `AdPage`         |
| `add_ad`            | POST /api/ads                    | `NewAd`           | `AddedAd`        |
| `search_list`       | POST /api/search/list            | `ListRequest`     | `ListPage`       |
| `ask_network`       | POST /api/search/network         | `NetworkRequest`  | `NetworkPage`    |
| `search_groups`     | POST /api/search/groups          | `GroupsRequest`   | `GroupsPage`     |
| `wording_rows`      | GET /api/identities/{identity}/wordings/{wording} | | `WordingRows`    |
| `identity_photos`   | GET /api/identities/{identity}/photos |              | `PhotoList`      |
| `get_area`          | GET /api/area                    |                   | `MyArea`         |
| `put_area`          | PUT /api/area, `If-Match`        | `AreaRequest`     | `MyArea`         |

Query of `list_leads`: `tab` = new | priority | handled (default new), `after` = cursor, `limit` = 1–200
(default 50), `venue` = a venue type, `place` = a place label, `active_days` = last seen within so many days,
`mine` = the person's area and day only.

Rules for all of them:
- Times are UTC, ISO 8601 with `Z`; days are `YYYY-MM-DD`. A list is paged by the opaque cursor `next`.
- Text of an ad with its marks is sent as segments, never as offsets; the client writes each as a text node.
- Personal values (phones, names, words) travel in bodies only, never in a path or query.
- Every error is `application/problem+json` with the shape `Problem`; 401 means that nobody is signed in,
  404 never tells whether a thing exists elsewhere, 409 that another person decided first.
- The client sends `X-Homeward: 1` with every request; a server may refuse POST without it.
- No score is sent: the queue shows a rank and a word.
"""

from homeward.app.api.shapes.asks import (
    AddedAd,
    FoundGroup,
    GroupsPage,
    GroupsRequest,
    ListPage,
    ListRequest,
    ListRow,
    NetworkAnswer,
    NetworkPage,
    NetworkRequest,
    NewAd,
    PriceRange,
)
from homeward.app.api.shapes.finds import (
    AdPage,
    Bin,
    CaptureFacts,
    Change,
    Chip,
    EarlierCapture,
    Facet,
    FacetFilter,
    FacetValue,
    Histogram,
    MapCell,
    MentionRow,
    SavedSearch,
    SearchMap,
    SearchPage,
    SearchRequest,
    SupersededRow,
)
from homeward.app.api.shapes.groups import (
    AdsRequest,
    IdentityPage,
    PersonaRow,
    PhotoList,
    PhotoRow,
    Piece,
    SlotValue,
    ValueRequest,
    WhyLink,
    WhyPage,
    WordingCell,
    WordingList,
    WordingPage,
    WordingRow,
    WordingRows,
)
from homeward.app.api.shapes.leads import (
    AreaRequest,
    DecisionRequest,
    DecisionResult,
    LeadDecision,
    LeadList,
    LeadPage,
    LeadRow,
    MyArea,
    MyDay,
    TabCounts,
    UndoRequest,
)
from homeward.app.api.shapes.pieces import (
    GROUPS_NOTE,
    NAMES_NOTE,
    PLACES_NOTE,
    AdHit,
    AdList,
    Id,
    In,
    Newer,
    Out,
    PhotoFacts,
    PlaceRow,
    Problem,
    Reason,
    RepeatedPhoto,
    Run,
    Segment,
    Session,
    Short,
    Stay,
    Tab,
    ValueGroup,
    ValueRef,
    ValueRow,
    Weekly,
    WordingSummary,
)

__all__ = [
    "GROUPS_NOTE",
    "NAMES_NOTE",
    "PLACES_NOTE",
    "AdHit",
    "AdList",
    "AdPage",
    "AddedAd",
    "AdsRequest",
    "AreaRequest",
    "Bin",
    "CaptureFacts",
    "Change",
    "Chip",
    "DecisionRequest",
    "DecisionResult",
    "EarlierCapture",
    "Facet",
    "FacetFilter",
    "FacetValue",
    "FoundGroup",
    "GroupsPage",
    "GroupsRequest",
    "Histogram",
    "Id",
    "IdentityPage",
    "In",
    "LeadDecision",
    "LeadList",
    "LeadPage",
    "LeadRow",
    "ListPage",
    "ListRequest",
    "ListRow",
    "MapCell",
    "MentionRow",
    "MyArea",
    "MyDay",
    "NetworkAnswer",
    "NetworkPage",
    "NetworkRequest",
    "NewAd",
    "Newer",
    "Out",
    "PersonaRow",
    "PhotoFacts",
    "PhotoList",
    "PhotoRow",
    "Piece",
    "PlaceRow",
    "PriceRange",
    "Problem",
    "Reason",
    "RepeatedPhoto",
    "Run",
    "SavedSearch",
    "SearchMap",
    "SearchPage",
    "SearchRequest",
    "Segment",
    "Session",
    "Short",
    "SlotValue",
    "Stay",
    "SupersededRow",
    "Tab",
    "TabCounts",
    "UndoRequest",
    "ValueGroup",
    "ValueRef",
    "ValueRequest",
    "ValueRow",
    "Weekly",
    "WhyLink",
    "WhyPage",
    "WordingCell",
    "WordingList",
    "WordingPage",
    "WordingRow",
    "WordingRows",
    "WordingSummary",
]
