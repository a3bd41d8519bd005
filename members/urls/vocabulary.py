"""The vocabulary desk of the office."""

from django.urls import path

from members.views import vocabulary, vocabulary_merge

urlpatterns = [
    path("", vocabulary.words, name="words"),
    path("add/", vocabulary.add, name="word-add"),
    path("<int:pk>/", vocabulary.word, name="word"),
    path("<int:pk>/move/", vocabulary.move, name="word-move"),
    path("<int:pk>/merge/", vocabulary_merge.merge, name="word-merge"),
    path("<int:pk>/retire/", vocabulary.retire, name="word-retire"),
    path("<int:pk>/back/", vocabulary.bring_back, name="word-back"),
]
