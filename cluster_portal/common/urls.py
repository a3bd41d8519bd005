"""Addresses of the kernel: the stylesheet and the sprite, what the law asks to say, the style guide."""

from django.urls import path

from cluster_portal.common import mailbox, preferences, views

app_name = "common"

urlpatterns = [
    path("assets/<slug:digest>/<str:name>", views.asset, name="asset"),
    path("guide/", views.guides, name="guides"),
    path("guide/<slug:role>/", views.guide, name="guide"),
    path("glossary/", views.glossary, name="glossary"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("robots.txt", views.robots_txt, name="robots-txt"),
    path("card.png", views.card, name="card"),
    path("style-guide/", views.style_guide, name="style-guide"),
    path("style-guide/letter/", views.style_guide_letter, name="style-guide-letter"),
    path("accounts/letters/", preferences.letters, name="topics"),
    path("letters/unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("letters/subscribe/<str:token>/", preferences.subscribe, name="subscribe"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", mailbox.letter, name="letter"),
    path("mailbox/<int:pk>/page/", mailbox.letter_page, name="letter-page"),
]
