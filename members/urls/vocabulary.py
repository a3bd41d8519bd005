"""The vocabulary desk of the office."""

from django.urls import path

from members.views import suggestions, vocabulary, vocabulary_lists, vocabulary_merge

urlpatterns = [
    path("", vocabulary.words, name="words"),
    path("add/", vocabulary.add, name="word-add"),
    path("export.csv", vocabulary_lists.export, name="words-export"),
    path("import/", vocabulary_lists.upload, name="words-import"),
    path("import/write/", vocabulary_lists.bring_in, name="words-write"),
    path("suggestions/", suggestions.waiting, name="word-suggestions"),
    path("suggestions/<int:pk>/promote/", suggestions.promote, name="suggestion-promote"),
    path("suggestions/<int:pk>/meant/", suggestions.meant, name="suggestion-meant"),
    path("suggestions/<int:pk>/decline/", suggestions.decline, name="suggestion-decline"),
    path("<int:pk>/", vocabulary.word, name="word"),
    path("<int:pk>/move/", vocabulary.move, name="word-move"),
    path("<int:pk>/merge/", vocabulary_merge.merge, name="word-merge"),
    path("<int:pk>/retire/", vocabulary.retire, name="word-retire"),
    path("<int:pk>/back/", vocabulary.bring_back, name="word-back"),
]
