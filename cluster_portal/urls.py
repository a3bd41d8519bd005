"""Every address of the portal."""

from allauth.mfa.totp.views import activate_totp
from csp.decorators import csp_update
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from cluster_portal.common import http
from cluster_portal.common.coming import announce, ask
from cluster_portal.common.gatherings import accompany, host
from events.queries import gatherings, home
from matchmaking.queries import awaited
from matchmaking.queries import gatherings as days

announce(home.coming)
ask(awaited.awaited)
ask(home.awaited)
host(gatherings.BROKERAGE)
accompany(days.day_of)

handler400 = http.bad_request
handler500 = http.server_error

urlpatterns = [
    path("", include("cluster_portal.common.urls")),
    path("health/", http.health, name="health"),
    # Changes a cookie of one's own and nothing else: without a token, a page for strangers needs no cookie at all.
    path("language/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    # The page that shows the key of the authenticator app draws it as an image inside the page.
    path("accounts/2fa/totp/activate/", csp_update({"img-src": "data:"})(activate_totp), name="mfa_activate_totp"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("matchmaking/", include("matchmaking.urls")),
    path("events/", include("events.urls")),
    path("", include("members.urls")),
]
