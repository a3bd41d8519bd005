"""Every address of the portal."""

from allauth.account.views import login
from allauth.mfa.totp.views import activate_totp
from csp.decorators import csp_update
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import index as map_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from cluster_portal.common import http
from cluster_portal.common.coming import announce, ask
from cluster_portal.common.found import findable
from cluster_portal.common.gatherings import accompany, host
from cluster_portal.common.guide import GUIDES
from cluster_portal.common.sitemaps import Pages
from events.queries import gatherings, home
from events.views.found import Events
from matchmaking.queries import awaited
from matchmaking.queries import gatherings as days
from matchmaking.views.drafts import foreseen
from matchmaking.views.found import Opportunities
from members.queries.foreseen import foresee
from members.views.found import Members

announce(home.coming)
ask(awaited.awaited)
ask(home.awaited)
host(gatherings.BROKERAGE)
accompany(days.day_of)
foresee(foreseen)

handler400 = http.bad_request
handler500 = http.server_error

SITEMAPS = {
    "pages": Pages(
        *("/", "/statute/", "/members/", "/members/join/", "/events/", "/events/archive/", "/events/calendars/"),
        *("/matchmaking/", "/matchmaking/opportunities/", "/accessibility/", "/privacy/", "/accounts/login/"),
        *("/glossary/", "/guide/", *(f"/guide/{role}/" for role in GUIDES)),
    ),
    "members": Members(),
    "events": Events(),
    "opportunities": Opportunities(),
}

urlpatterns = [
    path(
        "sitemap.xml",
        login_not_required(require_safe(map_index)),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap-index",
    ),
    path("sitemap-<section>.xml", login_not_required(require_safe(sitemap)), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include("cluster_portal.common.urls")),
    path("health/", http.health, name="health"),
    # Changes a cookie of one's own and nothing else: without a token, a page for strangers needs no cookie at all.
    path("language/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    # The page that shows the key of the authenticator app draws it as an image inside the page.
    path("accounts/2fa/totp/activate/", csp_update({"img-src": "data:"})(activate_totp), name="mfa_activate_totp"),
    path("accounts/login/", findable(login), name="account_login"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("matchmaking/", include("matchmaking.urls")),
    path("events/", include("events.urls")),
    path("", include("members.urls")),
]
